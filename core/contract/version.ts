/** Raised whenever a message of the contract changes its meaning; both ends compare it in `core/hello`. */
export const CONTRACT_VERSION = 1;

/** Schema version written into every stored session; raised together with a migration. */
export const SESSION_SCHEMA_VERSION = 1;
