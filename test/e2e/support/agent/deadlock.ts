import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from './start-agent';

/** How long an agent is given to end, in milliseconds; one that can ends at once. */
const TO_END = 4_000;

/**
 * Expects that the agent waits for itself: the look for credentials holds the lock that the login waits for, and
 * waits for the login to take its news. Nothing moves it any more, and only SIGKILL ends it; it ends by this.
 */
export async function expectDeadlock(agent: Agent): Promise<void> {
  agent.terminate();
  await agent.waitForLog(/sinks finished, exiting/);
  await expect(Promise.race([agent.exited, sleep(TO_END, 'still there')])).resolves.toBe('still there');
  const goroutines = (await agent.dumpGoroutines()).split('\n\n');
  expect(goroutines).toContainEqual(expect.stringMatching(/\[chan send\b[^]*\(\*awsMethod\)\.checkCreds/));
  expect(goroutines).toContainEqual(
    expect.stringMatching(/\[sync\.Mutex\.Lock\b[^]*\(\*awsMethod\)\.Authenticate/),
  );
}
