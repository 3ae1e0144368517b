export {
  audienceMetadata as generateMetadata,
  AudiencePage as default,
} from "@/app/[locale]/(ops)/ops/_notices/audience-page";
