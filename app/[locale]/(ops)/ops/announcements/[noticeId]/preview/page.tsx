export {
  previewMetadata as generateMetadata,
  PreviewPage as default,
} from "@/app/[locale]/(ops)/ops/_notices/preview-page";
