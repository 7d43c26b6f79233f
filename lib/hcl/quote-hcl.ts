/**
 * A string as HCL 1 and HCL 2 both read it. `${` and `%{` are escaped: HCL 1 takes what follows a `${` as it
 * is, with its quotes, and Terraform would fill them in. Only a token of cdktf stays, because Terraform must
 * fill it in. HCL 1 keeps U+E123 for itself and refuses it unescaped.
 *
 * Source: `scanString` in `hcl/scanner/scanner.go` and `Unquote` in `hcl/strconv/quote.go` of
 * github.com/hashicorp/hcl 1.0.1.
 */
export function quoteHcl(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(/[\u0000-\u001f\ue123]|\$(?=[${])(?!\{TfToken\[)|%(?=\{)/g, unicodeEscape);
  return `"${escaped}"`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
