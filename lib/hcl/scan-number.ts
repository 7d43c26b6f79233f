/**
 * An exponent as the library takes it: a character that is no digit is part of the token too, which then has no value.
 *
 * Source: `scanExponent` in `hcl/scanner/scanner.go` and `json/scanner/scanner.go` of github.com/hashicorp/hcl.
 */
export const EXPONENT = '[eE][+-]?(?:[0-9]+|[^])?';

/** What begins with a point; an exponent is not read, only its letter. */
export const BARE_FRACTION = /\.[0-9]+[eE]?/y;
