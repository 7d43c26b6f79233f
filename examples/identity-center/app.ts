import { synthApp } from '../../lib/constructs';
import { IdentityCenterStack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/identity-center/app.ts'
synthApp(
  (app) =>
    new IdentityCenterStack(app, 'identity-center', {
      permissionSet: 'Developer',
      region: 'eu-central-1',
      developers: ['alice@example.com', 'bob@example.com'],
      operators: ['bob@example.com'],
    }),
);
