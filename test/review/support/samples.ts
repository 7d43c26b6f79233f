import { policy, role, type Samples } from './plan';

const ALICE = 'arn:aws:iam::123456789012:user/alice';

/** Alice may write where she could read, and nothing else changes. */
export const widened: Samples = {
  before: [
    policy('app', 'path "secret/data/app" { capabilities = ["read", "list"] }'),
    role('dev', [ALICE], ['app']),
  ],
  after: [
    policy(
      'app',
      'path "secret/data/app" { capabilities = ["read", "update"] }\npath "secret/data/new" { capabilities = ["read"] }',
    ),
    role('dev', [ALICE], ['app']),
  ],
};

/** A plan that changes nothing. */
export const unchanged: Samples = { before: widened.before, after: widened.before };

/** A plan without a resource that any rule looks at. */
export const foreign: Samples = {
  after: [{ type: 'google_storage_bucket', values: { name: 'bucket' } }],
};
