/* pincite: one dispatcher over the table of commands. */
#include <stdio.h>

int main(void)
{
	fputs("pincite: no command is built yet\n", stderr);
	return 2;
}
