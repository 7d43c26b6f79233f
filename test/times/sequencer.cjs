const { relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');
const durations = require('./durations.json');

/** Starts what takes long first, so that nothing long is left at the end. A file that nobody measured may be long. */
module.exports = class extends Sequencer {
  sort(tests) {
    const seconds = ({ path, context }) =>
      durations[relative(context.config.rootDir, path).replaceAll('\\', '/')]?.seconds ?? Infinity;
    return [...tests].sort((a, b) => seconds(b) - seconds(a) || a.path.localeCompare(b.path));
  }
};
