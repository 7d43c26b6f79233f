import { synthApp } from '../../lib/constructs';
import { KeylessStack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/keyless/app.ts'
synthApp((app) => new KeylessStack(app, 'keyless'));
