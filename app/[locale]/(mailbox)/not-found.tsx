export { MissingPage as default } from "@/components/layout/missing-page";

export { missingMetadata as generateMetadata } from "../_components/reader-frame";
