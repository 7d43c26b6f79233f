import { synthApp } from '../../lib/constructs';
import { GroupsStack } from './stack';

// npx cdktf deploy --app 'node --import tsx examples/groups/app.ts'
synthApp((app) => new GroupsStack(app, 'groups'));
