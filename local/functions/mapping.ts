/** An event source mapping: brings what happens in a queue or stream to a function. */
export interface Mapping {
  start(): void;
  /** Takes nothing new; what runs may end. */
  stop(): void;
}
