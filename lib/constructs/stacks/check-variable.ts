/** If it is set, {@link synthApp} prints what a check finds, and writes nothing. `vault-aws-auth check --app` sets it. */
export const CHECK_VARIABLE = 'VAULT_AWS_AUTH_CHECK';

/** The line that `synthApp` prints then: other lines may be the app's own. */
export interface CheckLine<Report> {
  readonly vaultAwsAuthCheck: Report;
}
