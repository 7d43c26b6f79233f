import { eventWriter } from '../../../sandbox/agent/show-events';
import type { AgentEvent } from '../../../sandbox/agent/watch-agent';

beforeEach(() => jest.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z') }));
afterEach(() => jest.useRealTimers());

const LOGIN: AgentEvent = { event: 'login', ttl: 60, accessor: 'a' };
const RENEWAL: AgentEvent = { event: 'renewal', ttl: 60, renewals: 2 };
const ttl = (seconds: number): AgentEvent => ({ event: 'ttl', ttl: seconds, of: 60, renewals: 1 });

/** What is written for one event a second. */
function written(events: readonly AgentEvent[], { isTerminal = false, json = false, columns = 80 } = {}) {
  const texts: string[] = [];
  const show = eventWriter({
    isTerminal,
    json,
    colour: false,
    columns: () => columns,
    write: (text) => void texts.push(text.replace(/\d\d:\d\d:\d\d/, 'TIME')),
  });
  for (const event of events) {
    show(event);
    jest.advanceTimersByTime(1_000);
  }
  return texts;
}

test('on a terminal the TTL is one line that is written over, and a renewal stays', () => {
  expect(written([LOGIN, ttl(30), RENEWAL], { isTerminal: true })).toEqual([
    '\r\u001b[2KTIME  logged in, TTL 60 s\n',
    `\r\u001b[2KTTL 30 s ${'█'.repeat(15)}${'░'.repeat(15)} renewals: 1`,
    '\r\u001b[2KTIME  renewed, for the 2nd time, TTL 60 s\n',
  ]);
});

test('the line that is written over is no wider than the terminal', () => {
  const [line] = written([ttl(30)], { isTerminal: true, columns: 20 });

  expect(line).toBe(`\r\u001b[2KTTL 30 s ${'█'.repeat(10)}`);
});

test('elsewhere the TTL is a line every ten seconds', () => {
  const seconds = Array.from({ length: 21 }, (_, second) => ttl(59 - second));

  expect(written([LOGIN, ...seconds]).map((line) => line.replace(/ [█░]+ /, ' '))).toEqual([
    'TIME  logged in, TTL 60 s\n',
    'TIME  TTL 50 s renewals: 1\n',
    'TIME  TTL 40 s renewals: 1\n',
  ]);
});

test('a Vault that does not answer is said at once, and not each second', () => {
  const waiting: AgentEvent = { event: 'waiting', why: 'no answer from Vault' };

  expect(written([LOGIN, waiting, waiting, ttl(50)]).map((line) => line.slice(6, 24))).toEqual([
    'logged in, TTL 60 ',
    'no answer from Vau',
    'TTL 50 s █████████',
  ]);
});

test('as JSON every event is a line', () => {
  expect(written([ttl(30)], { json: true })).toEqual([
    '{"at":"2026-01-02TTIME.000Z","event":"ttl","ttl":30,"of":60,"renewals":1}\n',
  ]);
});
