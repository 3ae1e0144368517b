export {
  reviewMetadata as generateMetadata,
  ReviewPage as default,
} from "@/app/[locale]/(ops)/ops/_notices/review-page";
