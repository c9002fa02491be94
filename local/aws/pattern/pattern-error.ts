/** A pattern or filter policy that AWS would not accept, or that is beyond the local run. */
export class PatternError extends Error {
  readonly code = 'pattern-invalid';
}
