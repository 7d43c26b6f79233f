import { VaultAwsAuthStack } from '../lib/stacks';
import { settings } from '../settings';
import { synthApp } from './synth-app';

synthApp((app) => new VaultAwsAuthStack(app, 'vault-aws-auth', settings), { backend: settings.backend });
