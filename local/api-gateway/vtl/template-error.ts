/** What was asked of a template that the stand-in does not do, or that API Gateway would not render cleanly. */
export class TemplateError extends Error {
  constructor(
    readonly code:
      | 'unclosed-block'
      | 'unsupported-directive'
      | 'unsupported-reference'
      | 'unsupported-method'
      | 'unsupported-path'
      | 'undefined-reference'
      | 'unclear-condition',
    message: string,
  ) {
    super(message);
    this.name = 'TemplateError';
  }
}
