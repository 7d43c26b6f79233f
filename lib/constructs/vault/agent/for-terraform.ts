/** A value as an output has it: Terraform would fill in what looks like a template in its texts. */
export function forTerraform(value: unknown): unknown {
  if (typeof value === 'string') {
    // Only a token of cdktf is for Terraform to fill in.
    return value.replace(/\$(?=\{)(?!\{TfToken\[)/g, '$$$$').replace(/%(?=\{)/g, '%%');
  }
  if (Array.isArray(value)) {
    return value.map(forTerraform);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, forTerraform(inner)]))
    : value;
}
