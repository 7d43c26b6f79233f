import picocolors from 'picocolors';
import type { AgentEvent } from './watch-agent';

export interface Screen {
  /** Whether the last line can be overwritten. */
  readonly isTerminal: boolean;
  readonly colour: boolean;
  readonly json: boolean;
  /** Width of the terminal. */
  columns(): number;
  write(text: string): void;
}

/** Seconds between lines with the TTL, if no line can be overwritten. */
const NOW_AND_THEN = 10;

/**
 * Shows events as they come. On a terminal the TTL is one line that is overwritten, elsewhere a line now and then. As
 * JSON every event is a line.
 */
export function eventWriter(screen: Screen): (event: AgentEvent) => void {
  const { green, yellow, dim } = picocolors.createColors(screen.colour);
  const over = screen.isTerminal ? '\r\u001b[2K' : '';
  let passing = { text: '', at: 0 };

  const line = (text: string) => screen.write(`${over}${dim(clock())}  ${text}\n`);
  /** A line of no lasting interest. */
  const pass = (text: string, kind = text) => {
    if (screen.isTerminal) {
      screen.write(`${over}${text.slice(0, screen.columns() - 1)}`);
    } else if (kind !== passing.text || Date.now() - passing.at >= NOW_AND_THEN * 1_000) {
      passing = { text: kind, at: Date.now() };
      line(text);
    }
  };
  return (event) => {
    if (screen.json) {
      screen.write(`${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`);
      return;
    }
    switch (event.event) {
      case 'login':
        passing = { text: 'ttl', at: Date.now() };
        return line(`${green('logged in')}, TTL ${event.ttl} s`);
      case 'renewal':
        return line(`${green('renewed')}, for the ${ordinal(event.renewals)} time, TTL ${event.ttl} s`);
      case 'ttl':
        return pass(`TTL ${event.ttl} s ${bar(event.ttl, event.of)} renewals: ${event.renewals}`, 'ttl');
      case 'waiting':
        return pass(yellow(event.why), event.why);
      case 'log':
        return line(`agent: ${yellow(event.line)}`);
      case 'ended':
        return line(
          event.stoppedByDown ? 'the sandbox is taken down, and the agent with it' : 'the agent has ended',
        );
    }
  };
}

function bar(ttl: number, of: number): string {
  const width = 30;
  const filled = of > 0 ? Math.min(width, Math.ceil((ttl / of) * width)) : 0;
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}

function ordinal(count: number): string {
  const teen = count % 100 > 10 && count % 100 < 14;
  return `${count}${(!teen && { 1: 'st', 2: 'nd', 3: 'rd' }[count % 10]) || 'th'}`;
}
