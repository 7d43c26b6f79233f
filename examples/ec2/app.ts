import { synthApp } from '../../lib/constructs';
import { Ec2Stack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/ec2/app.ts'
synthApp(
  (app) => new Ec2Stack(app, 'ec2', { amiIds: ['ami-0123456789abcdef0'], vpcId: 'vpc-0123456789abcdef0' }),
);
