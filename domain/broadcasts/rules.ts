/** From this many people on, whoever decides that they are told types how many they are. */
export const TYPED_COUNT_ABOVE = 1000;
