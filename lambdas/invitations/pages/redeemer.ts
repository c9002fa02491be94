import type { UserAttributes } from '../../../events/event-schema';

/** Who redeems, with what their life is known by. */
export type Redeemer = UserAttributes & { readonly user_id: string; readonly created_at: string };

export const redeemerOf = (user: UserAttributes, userId: string, createdAt: string): Redeemer =>
  Object.assign({}, user, { user_id: userId, created_at: createdAt });
