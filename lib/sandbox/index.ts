export { down } from './commands/down';
export { exec } from './commands/exec';
export { renderStatus, status } from './commands/status';
export { summary } from './commands/summary';
export { up } from './commands/up';
export { FOLDER_VARIABLE, SandboxFolder, type SandboxRecord } from './sandbox-folder';
export { verifyTestUser } from './test-login';
