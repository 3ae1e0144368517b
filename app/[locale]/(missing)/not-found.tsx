export { MissingInFrame as default } from "../_components/reader-frame";
