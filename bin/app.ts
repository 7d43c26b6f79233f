import { synthApp, VaultAwsAuthStack } from '../lib/constructs/stacks';
import { settings } from '../settings';

synthApp((app) => new VaultAwsAuthStack(app, 'vault-aws-auth', settings), { backend: settings.backend });
