// A websocket that comes back: after a reload of the server, or of the network, however long that takes. It asks every
// few seconds whether the line still stands, because a browser does not notice when it no longer does.

const [SOONEST, LATEST] = [400, 5000]; // ms between two attempts
const EVERY = 8000; // ms between two questions

export class Line {
  /**
   * @param {() => string} address
   * @param {{ onMessage: (message: any) => void, onState: (open: boolean, code: number) => void, first?: string }} does
   */
  constructor(address, { onMessage, onState, first = "" }) {
    this.address = address;
    this.onMessage = onMessage;
    this.onState = onState;
    this.first = first;
    this.tries = 0;
    this.ended = false;
    setInterval(() => this.ask(), EVERY);
    addEventListener("online", () => this.again(0));
    this.open();
  }

  open() {
    const socket = new WebSocket(this.address());
    this.socket = socket;
    this.waits = false; // for an answer
    socket.onopen = () => {
      if (this.first) socket.send(this.first);
      this.onState(true, 0);
    };
    socket.onmessage = ({ data }) => {
      this.tries = 0;
      this.waits = false;
      this.onMessage(JSON.parse(data));
    };
    socket.onclose = ({ code }) => {
      if (socket !== this.socket || this.ended) return;
      this.onState(false, code);
      this.again(Math.min(LATEST, SOONEST * 2 ** this.tries++) * (0.5 + Math.random()));
    };
  }

  again(delay) {
    if (this.ended) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const old = this.socket;
      this.open();
      old.close();
    }, delay);
  }

  ask() {
    if (this.ended || this.socket.readyState > WebSocket.OPEN) return;
    if (this.waits) return this.again(0);
    this.waits = true; // also for the connection itself
    this.send({ what: "ping" });
  }

  /** @param {object} message; whether it has gone out */
  send(message) {
    const open = this.socket.readyState === WebSocket.OPEN;
    if (open) this.socket.send(JSON.stringify(message));
    return open;
  }

  end() {
    this.ended = true;
    this.socket.close();
  }
}
