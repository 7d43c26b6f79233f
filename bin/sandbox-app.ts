import { App } from 'cdktf';
import { SandboxFolder } from '../lib/sandbox/sandbox-folder';
import { sandboxSettings } from '../lib/sandbox/sandbox-settings';
import { VaultAwsAuthStack } from '../lib/stacks';
import { synth } from '../lib/synth';
import { settings } from '../settings';

// The same app as bin/app.ts, on the sandbox's Vault and AWS.
const record = new SandboxFolder().read();
if (!record) {
  throw new Error('No sandbox runs here: start it with `npm run sandbox`.');
}
const app = new App({ outdir: process.env.CDKTF_OUTDIR ?? 'cdk.out', stackTraces: false });
new VaultAwsAuthStack(app, 'vault-aws-auth', sandboxSettings(settings, record));
synth(app);
