// What the reader did and the server has not acknowledged: sent in order, one at a time, and again until it is. Each
// event has a sequence number, by which the server knows what it has carried out already.

export const ACK_WITHIN = 1000; // ms after which an unacknowledged event is sent again

const MERGED = ["go", "lesson", "drag"]; // two of which neither has been sent are one: to the newest place

export class Outbox {
  /**
   * @param {(event: import("../types").Event) => void} send
   * @param {() => boolean} maySend whether the server may be asked for anything now
   */
  constructor(send, maySend) {
    this.send = send;
    this.maySend = maySend;
    this.ack = 0;
    /** @type {import("../types").Event[]} */
    this.events = [];
    this.inFlight = false;
  }

  // the page was left: nothing of it is waited for; the number of what is on its way is not given again
  clear() {
    clearTimeout(this.retry);
    this.onAck(this.events[0]?.seq ?? 0);
    this.events = [];
    this.inFlight = false;
  }

  /** @param {import("../types").Event} event */
  emit(event) {
    const older = MERGED.includes(event.what) && this.isQueued(event.what) ? this.events.pop() : null;
    this.events.push(older?.by ? { ...event, by: older.by + event.by } : event);
    this.flush();
  }

  /** Send the oldest event, unless it is on its way. */
  flush() {
    if (!this.events.length || this.inFlight || !this.maySend()) return;
    const [event] = this.events;
    event.seq ??= this.ack + 1;
    this.inFlight = true;
    this.retry = setTimeout(() => {
      this.inFlight = false;
      this.flush();
    }, ACK_WITHIN);
    this.send(event);
  }

  /** Let go of what the server has carried out. @param {number} ack */
  onAck(ack) {
    this.ack = Math.max(this.ack, ack);
    if (!(this.events[0]?.seq <= ack)) return;
    clearTimeout(this.retry);
    this.events.shift();
    this.inFlight = false;
  }

  /** Whether the newest event is of this kind, and not sent yet. @param {string} what */
  isQueued(what) {
    const last = this.events.at(-1);
    return last?.what === what && !last.seq;
  }

  /** @param {string} what */
  has(what) {
    return this.events.some((event) => event.what === what);
  }
}
