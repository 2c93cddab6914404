// What Python sends (visualizer/scene/keyframes.py, visualizer/pages/stage/stage.py), and what the modules hand each other.

export type Point = [x: number, y: number];
export type NodeLook = [name: string, value: string, detail: string, state: string, colour: string, crossed: boolean, right: string];
export type EdgeLook = [name: string, label: string, colour: string, width: number, dashed: boolean, state: string, right: string];

export interface Tag {
  characters?: number;
  lines?: number;
  size: number;
  height: number;
  glyph: number;
  margin: number;
}

export interface Node {
  id: string;
  kind: string;
  x: number;
  y: number;
  r: number;
  choose?: string;
  unfold?: number;
}

export interface Edge {
  id: string;
  ends: [number, number, number, number];
  label: Point | null;
  choose: string;
  meet: [among: number, from: number];
}

export interface Geometry {
  width: number;
  height: number;
  least: number;
  number: number;
  labelled: boolean;
  dense: boolean;
  tag: Tag;
  meeting: Tag;
  nodes: Node[];
  edges: Edge[];
}

/** A phase of a step; a share of null is where numbers meet on the edge. */
export interface AnimationPhase {
  moves: [start: number | null, stop: number | null, texts: Record<string, string>][];
  notes: Record<string, string>;
  curves: Record<string, { values: number[]; at: number }>;
  arrive: string[];
  pace: number;
  side: number;
  lights: number[];
}

/** What is written: a text, the index of a placeholder, or a list of both. */
export type Words = string | number | Words[];
/** The indices of a value and of the largest one of its scale. */
export type Shade = [amount: number, largest: number];
export type NodeTemplate = [name: string, value: Words, detail: Words, state: string, shade: Shade | null, mask: number | null, right: number | null];
export type EdgeTemplate = [name: string, label: Words, state: string, shade: Shade | null, right: number | null];

export interface AnimationPhaseTemplate {
  moves: [start: number | null, stop: number | null, texts: Record<string, Words>][];
  notes: Record<string, Words>;
  curves?: Record<string, [name: string, at: number]>;
  arrive?: string[];
  pace?: number;
  side?: number;
  lights?: number[];
}

export interface Frame {
  nodes: Record<string, NodeTemplate>;
  edges: Record<string, EdgeTemplate>;
  animation: AnimationPhaseTemplate[];
  title: string;
  kind: string;
  written?: string[];
}

export interface Phase {
  text: string;
  first: number;
  stop: number;
}

export interface Keyframes {
  id: string;
  rules: Record<string, any>;
  places: [way: string, sources: number[], before: string, after: string][];
  thick: number;
  curves: Record<string, number[]>;
  geometry: Geometry;
  hall: Geometry;
  legend: { kind: string; text: string }[];
  frames: Frame[];
  first: number;
  last: number;
  phases: Phase[];
  words: Record<string, string>;
}

/** The numbers of keyframes: `values` as `decoded` reads them. */
export interface Numbers {
  keyframes: string;
  lecture: string;
  edition: string;
  values: string;
  /** The network, as the address of the page has it. */
  query?: string;
  words?: Record<string, string>;
  chosen?: string;
  ack?: number;
}

/** Where the server is. */
export interface Cursor {
  lecture: string;
  position: number;
  ack: number;
  chosen: string;
  /** What is seen of the network, as the address has it. */
  query: string;
  lesson?: string;
  whole?: boolean;
}

/** What the reader did, as it is sent to the server. */
export interface Event {
  what: string;
  seq?: number;
  by?: number;
  position?: number;
  lecture?: string;
  [setting: string]: unknown;
}

/** What the equation stands for, and which value each cell of its matrices is. */
export interface EquationData {
  ack?: number;
  shows?: string;
  cells?: string[];
  worked?: string;
}

export type Send = (name: string, value: object) => void;

/** A channel to one part of the page. */
export interface Channel<Data> {
  data: Data;
  send: Send;
}

/** The elements of a node or an edge in the drawing. */
export interface Parts {
  group: SVGElement;
  tagged: Tag;
  at: Point;
  radius?: number;
  meet?: [among: number, from: number];
  meeting?: Tag;
  title?: SVGElement;
  told?: string;
  look?: NodeLook | EdgeLook;
  number?: string;
  ends?: { x1: number; y1: number; x2: number; y2: number };
  halo?: SVGElement;
  stroke?: SVGElement;
  tag?: SVGElement;
  plate?: SVGElement;
  name?: SVGElement;
  value?: SVGElement;
  detail?: SVGElement;
  text?: SVGElement;
}

/** What Streamlit hands to a component. */
/** As keyframes travel: their id, and JSON, packed with gzip, in Base64. */
export interface PackedKeyframes {
  id: string;
  packed: string;
}

export interface Mounted<Data> {
  data: Data;
  parentElement: any;
  setTriggerValue: Send;
  setStateValue?: Send;
}

declare global {
  interface Document {
    backpropChannels?: { position?: Channel<Cursor>; equation?: Channel<EquationData>; numbers?: Channel<Numbers> };
    backpropPage?: { session: string; address: string; drafts: object | null; ask?: () => void; watch?: MutationObserver };
    backpropSaved?: Set<string>;
    backpropRendered?: string;
    backpropRoom?: any;
  }
}
