/** What a person reads of a system: its label, or its name as a word. */
export function labelOf(name: string, { label }: { readonly label?: string | undefined }): string {
  const words = name.replaceAll('-', ' ').trim();
  return label ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
