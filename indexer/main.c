/* pincite-index: builds an index. */
#include <stdio.h>

int main(void)
{
	fputs("pincite: no command is built yet\n", stderr);
	return 2;
}
