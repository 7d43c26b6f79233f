import { synthApp } from '../../lib/constructs';
import { RotationStack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/rotation/app.ts'
synthApp((app) => new RotationStack(app, 'rotation', { accessKeyGeneration: 1 }));
