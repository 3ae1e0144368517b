export {
  MissingInFrame as default,
  missingMetadata as generateMetadata,
} from "../_components/reader-frame";
