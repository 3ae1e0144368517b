import { BareHead, type BareHeadProps } from "./bare-head";
import { Breadcrumb, type Crumb } from "./breadcrumb";

type Props = BareHeadProps & { crumbs?: readonly Crumb[] };

export function PageHead({ crumbs, ...head }: Props) {
  return (
    <>
      {crumbs && <Breadcrumb crumbs={crumbs} />}
      <BareHead {...head} />
    </>
  );
}
