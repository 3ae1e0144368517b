export {
  noticeMetadata as generateMetadata,
  NoticePage as default,
} from "@/app/[locale]/(ops)/ops/_notices/notice-page";
