import { App } from 'cdktf';
import { protectLocalState, VaultAwsAuthStack } from '../lib/stacks';
import { synth } from '../lib/synth';
import { settings } from '../settings';

const app = new App({ outdir: process.env.CDKTF_OUTDIR ?? 'cdk.out', stackTraces: false });
new VaultAwsAuthStack(app, 'vault-aws-auth', settings);
synth(app);
protectLocalState(app.outdir, settings.backend);
