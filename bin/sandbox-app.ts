import { SandboxFolder } from '../lib/sandbox/sandbox-folder';
import { sandboxSettings } from '../lib/sandbox/sandbox-settings';
import { VaultAwsAuthStack } from '../lib/stacks';
import { settings } from '../settings';
import { synthApp } from './synth-app';

// The same app as bin/app.ts, on the sandbox's Vault and AWS.
const record = new SandboxFolder().read();
if (!record) {
  throw new Error('No sandbox runs here: start it with `npm run sandbox`.');
}
synthApp((app) => new VaultAwsAuthStack(app, 'vault-aws-auth', sandboxSettings(settings, record)));
