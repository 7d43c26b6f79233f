import { vaultAwsAuth } from './program';
import { run } from './terminal';

run(await vaultAwsAuth(process.argv.slice(2)));
