"""CIM over WS-Management: what Windows terminals are asked and told, without a shell on them."""
