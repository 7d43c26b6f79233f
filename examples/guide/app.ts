import { synthApp } from '../../lib/constructs';
import { GuideStack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/guide/app.ts'
synthApp((app) => new GuideStack(app, 'guide'));
