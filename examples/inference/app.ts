import { synthApp } from '../../lib/constructs';
import { InferenceStack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/inference/app.ts'
synthApp(
  (app) =>
    new InferenceStack(app, 'inference', {
      instanceRoleName: 'worker',
      region: 'eu-central-1',
      vpcId: 'vpc-0123456789abcdef0',
    }),
);
