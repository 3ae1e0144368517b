export * from "./access";
export * from "./accounts";
export * from "./audit";
export * from "./broadcasts";
export * from "./policies";
