import { sandboxProgram } from './sandbox-program';
import { run } from './terminal';

run(sandboxProgram(process.argv.slice(2)));
