/* address: one canonical path for everything that can be cited.
 *
 * /us/usc/t42/s1983/a/1   /us/cfr/t17/s240.10b-5/a   /us-mo/rsmo/s610.100/1/2/a
 * /us-ca/wic/s827/a/1     /us/const/amd14/s1         /us-mo/bill/102/1/hb562/s37.717
 * /case/us/410/113        /case/wl/2016/3015163      /docket/cacd/1:16-cv-00376
 * and inside opinions #p153 (page), #para12, #n3 (footnote).
 *
 * Lower case ASCII; reporter names with periods closed up and spaces as
 * hyphens (f2d, f-supp-2d, cal-app-4th). Subdivision segments keep their case
 * ("a" and "A" differ). A prefix that ends at a segment is an ancestor. */
#ifndef LAW_ADDRESS_H
#define LAW_ADDRESS_H

#include "base/arena.h"

/* The ancestors of an address that are worth a term: from the document-like
 * level (section, case, amendment, bill) down to itself, and above it title
 * and code. Each call shortens *addr by one segment; false at the top.
 *   for (span s = addr; address_parent(&s);) ... */
bool address_parent(span *addr);
/* True when addr is prefix or below it. */
bool address_under(span addr, span prefix);
/* Order of addresses, runs of digits by their value, the rest as bytes: s610.9
 * before s610.10. Whether one lies between two others, or below the second. */
int address_order(span x, span y);
bool address_between(span address, span lo, span hi);
/* The part of an address that names a document: up to and including s610.100,
 * the page of a case, the number of a bill's section. */
span address_document(span addr);
/* addr + "/" + label without its brackets and period: "(a)" gives "a". */
span address_child(span addr, span label, struct arena *a);
/* Address of section `number` of a code: ("us-mo", "rsmo", "610.100") gives
 * /us-mo/rsmo/s610.100; ("us", "usc", "42/1983")... title in `number` before a
 * slash. A rule of court has r for s: /us-fk/r-civ/r26.02. */
span address_section(span jurisdiction, span code, span number, struct arena *a);
/* The citation in local form, "Mo. Rev. Stat. § 610.100.1(2)(a)",
 * "42 U.S.C. § 1983(a)", "410 U.S. 113, 153"; the address itself when its code is unknown. */
span address_display(span addr, struct arena *a);
/* Of a bill, "Mo. H.B. 562, 102d Gen. Assemb., 1st Reg. Sess. § 37.717.1", and
 * of a paper on a docket, "No. 1:16-cv-00376 (E.D. Cal. June 22, 2017), ¶ 6".
 * address_display calls them. */
span address_display_bill(span addr, struct arena *a);
span address_display_docket(span addr, struct arena *a);
/* Of a session law named by its bill or page, "Mo. Laws 1973, S.B. 1, § 6". */
span address_display_session(span addr, struct arena *a);
/* Id of code number i, from 0 ("rsmo"), each once for each state that has it; empty past the last. */
span address_code_id(size_t i);

#endif
