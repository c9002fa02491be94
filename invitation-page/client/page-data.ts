/** What the document holds for its script, as JSON in the element `data`. */
export interface InvitationPageData {
  readonly progressUrl: string;
  /** Where the application logs in. */
  readonly nextUrl: string;
  readonly leftMs: number;
  /** What is said while nobody answers. */
  readonly lost: string;
}
