import type { AwsEndpoints } from '../lib/constructs';

/** What each example takes from whoever deploys it. */
export interface ExampleProps {
  /** Where Vault reaches AWS. @default the public endpoints; the sandbox's tests name their own */
  readonly awsEndpoints?: AwsEndpoints;
}
