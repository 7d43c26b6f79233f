import { SandboxFolder } from '../sandbox/sandbox-folder';
import { sandboxSettings } from '../sandbox/sandbox-settings';
import { synthApp, VaultAwsAuthStack } from '../lib/constructs/stacks';
import { settings } from '../settings';

// The app of bin/app.ts, on the sandbox's Vault and AWS.
const record = new SandboxFolder().read();
if (!record) {
  throw new Error('No sandbox runs here. Start it with `npm run sandbox`.');
}
synthApp((app) => new VaultAwsAuthStack(app, 'vault-aws-auth', sandboxSettings(settings, record)));
