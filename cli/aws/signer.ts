/** Keys that sign, by ARN; their private halves are nobody's to see. */
export interface Signer {
  /** As DER (SubjectPublicKeyInfo). */
  publicKey(arn: string): Promise<Uint8Array>;
  /** ECDSA with P-256 of a SHA-256; as DER. */
  sign(arn: string, digest: Uint8Array): Promise<Uint8Array>;
}
