const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

// A process of its own: jest loads its set-up without the module mapping that our dependencies need.
module.exports = () => {
  execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'get-parts.ts')], { stdio: 'inherit' });
};
