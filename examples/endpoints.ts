import type { AwsEndpoints } from '../lib/constructs';

/** What each example takes from its deployer. */
export interface ExampleProps {
  /** Where Vault reaches AWS. @default the public endpoints; the tests on the sandbox pass theirs */
  readonly awsEndpoints?: AwsEndpoints;
}
