const { appendFileSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

/** Where each test file runs. Tells what a failing test left behind, and notes what a file took. */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.file = context.testPath;
    this.begin = { milliseconds: performance.now(), cpu: cpuSeconds() };
  }

  async handleTestEvent({ name, test }) {
    // Set by the set-up of the end-to-end tests.
    const { sandboxes } = this.global;
    if (name === 'test_start') {
      sandboxes?.testBegins();
    } else if (name === 'test_done' && test.errors.length > 0) {
      const report = sandboxes?.testFailed(fullName(test));
      if (report) {
        const error = new Error(report);
        error.stack = report;
        test.errors.push([error, error]);
      }
    }
  }

  async teardown() {
    await super.teardown();
    const folder = process.env.TEST_TIMES;
    if (folder !== undefined) {
      const seconds = (performance.now() - this.begin.milliseconds) / 1000;
      const entry = { file: this.file, seconds, cpu: cpuSeconds() - this.begin.cpu };
      appendFileSync(join(folder, `files-${process.pid}.jsonl`), `${JSON.stringify(entry)}\n`);
    }
  }
};

function fullName(test) {
  const names = [];
  for (let block = test; block.parent; block = block.parent) {
    names.unshift(block.name);
  }
  return names.join(' ');
}

/** What this process and those that it started and that have ended used of a processor; only Linux knows the latter. */
function cpuSeconds() {
  if (process.platform !== 'linux') {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime, stime, cutime and cstime, in hundredths of a second.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}
