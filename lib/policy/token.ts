/**
 * A token of cdktf in a string, which becomes a reference of Terraform later: `${TfToken[TOKEN.7]}`. It is
 * recognized by its form, because this folder does not use cdktf.
 *
 * Source: `lib/tokens/private/encoding.ts` of cdktf 0.21.0.
 */
export const TERRAFORM_TOKEN = /\$\{TfToken\[[^\]]+\]\}/g;
