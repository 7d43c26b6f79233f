import { describeProgress, getParts } from '../../../sandbox/parts';

// Gets the real parts once, before the first end-to-end test: on a new machine this can take a quarter of an hour.
let last = 0;
await getParts({
  onProgress: (event) => {
    // A line now and then: the reader may be a CI log.
    if (['fetch', 'build'].includes(event.phase) && Date.now() - last > 15_000) {
      last = Date.now();
      process.stderr.write(`${describeProgress(event)}\n`);
    }
  },
});
