/** A value for an output. Text that looks like a template is escaped, because Terraform would fill it in. */
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
