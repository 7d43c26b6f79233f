import { BoundPrincipal } from '../../lib/constructs/vault';
import type { Settings } from '../../lib/constructs/stacks';
import { GUIDE, TestSandbox } from './support/test-sandbox';

let sandbox: TestSandbox;
beforeAll(async () => (sandbox = await TestSandbox.start()));
afterAll(() => sandbox.stop());

test.each<[string, Settings]>([
  ['the guide', GUIDE],
  [
    'production: no test user, state in S3',
    { ...GUIDE, aws: { testUser: false }, backend: { kind: 's3', bucket: 'b', region: 'eu-west-1' } },
  ],
  [
    'state in HCP Terraform',
    { ...GUIDE, backend: { kind: 'hcp-terraform', organization: 'o', workspace: 'w' } },
  ],
  [
    'endpoints of one’s own',
    {
      ...GUIDE,
      aws: {
        endpoints: { iam: 'https://iam.local', sts: { url: 'https://sts.local', region: 'eu-west-1' } },
      },
    },
  ],
  [
    'a bind that waits for the key',
    { ...GUIDE, login: { boundPrincipals: [BoundPrincipal.role('app', '/teams/')] } },
  ],
])('terraform finds the stack valid: %s', async (_, settings) => {
  sandbox.synth(settings, true);
  await sandbox.mustSucceed('init', '-input=false', '-backend=false');

  expect(await sandbox.mustSucceed('validate')).toContain('The configuration is valid');
});
